import { installWay } from "../../state/install";
import { later } from "../shell/later";

const Card = later(async () => (await import("./InstallCard")).InstallCard, "quiet");

/** Fetched where there is a way to install; until then, and without it, there is nothing to see. */
export function Install() {
	return installWay.value === null ? null : <Card />;
}
