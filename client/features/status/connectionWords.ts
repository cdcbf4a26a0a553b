import { decimal, type FrontKey, t } from "../../i18n/front";
import { type ConnectionStatus, connectionSettings } from "../../state/connection";
import { appName } from "../shell/boot";
import type { Trouble } from "./trouble";

const SENTENCES: Record<Trouble["kind"], FrontKey> = {
	poor: "connection.slow",
	crawling: "connection.verySlow",
	limited: "connection.polling",
	offline: "connection.offline",
	none: "connection.unreachable",
};

/** What is wrong, and what is safe. */
export const troubleSentence = ({ kind }: Trouble): string => t(SENTENCES[kind], { app: appName });

/** Why, and how often it was tried; empty where the sentence says it all. */
export function troubleReason({ kind, reason, attempts }: Trouble): string {
	if (kind === "poor" || kind === "crawling" || kind === "offline") return "";
	// Requests get through and the socket does not: then the network between holds it back.
	const isBlocked = kind === "limited" && (reason === "unreachable" || reason === "unanswered");
	const why = isBlocked ? "blocked" : reason;
	const words = why && why !== "offline" ? [t(`connection.why.${why}`)] : [];
	const most = connectionSettings().maxReconnectAttempts;
	if (attempts > 0) words.push(t("connection.attempt", { count: attempts, most }));
	return words.join(" · ");
}

/** The kind and the quality of the connection in words, for those who do not see the dots. */
export function connectionWords(status: ConnectionStatus): string {
	const { isConnected, connectionType, quality, latency } = status;
	const isCrawling = isConnected && quality === "disconnected";
	const word = isCrawling ? "crawling" : quality;
	const kind = t(connectionType === "polling" ? "connection.limited" : `connection.${word}`);
	return latency === null ? kind : `${kind}, ${latencyWords(latency)}`;
}

/** A round trip, as it stands beside the dots: short, since a name stands there too. */
export function latencyWords(latency: number): string {
	if (latency < 1_000) return t("connection.latency", { ms: Math.max(1, Math.round(latency)) });
	return t("connection.latencySeconds", { seconds: decimal(latency / 1_000) });
}
