import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { installWay } from "../../state/install";

/** Fetched where there is a way to install; until then, and without it, there is nothing to see. */
export function Install() {
	const [Card, setCard] = useState<ComponentType | null>(null);
	const isOffered = installWay.value !== null;
	useEffect(() => {
		if (!isOffered) return;
		let isHere = true;
		import("./InstallCard").then(
			({ InstallCard }) => isHere && setCard(() => InstallCard),
			// It can be installed another time.
			() => undefined,
		);
		return () => {
			isHere = false;
		};
	}, [isOffered]);
	return isOffered && Card ? <Card /> : null;
}
