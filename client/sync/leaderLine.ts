import type { Said } from "./channel";
import type { ConnectionStatus } from "./connectionStatus";
import type { Line } from "./leaderParts";

interface SharedLineParts {
	/** This tab's own ends. */
	line: Line;
	/** Whether the carrier is heard: it may still be running while another tab takes over. */
	isCarrying(): boolean;
	say(message: Said): void;
	status(status: ConnectionStatus): void;
	/** The session is over: nothing is to be carried any more. */
	ended(): void;
}

/** The ends for a carrier whose events go to this tab first, and then to the others. */
export function sharedLine({ line, isCarrying, say, status, ended }: SharedLineParts): Line {
	const { stream } = line;
	return {
		stream: {
			...stream,
			receive(batch) {
				if (!isCarrying()) return;
				stream.receive(batch);
				if (batch.reset || batch.events.length > 0) say({ type: "batch", batch });
			},
			noticeHead(head) {
				if (!isCarrying()) return;
				stream.noticeHead(head);
				say({ type: "head", head });
			},
			standsBehind(seq, cursor) {
				if (isCarrying()) stream.standsBehind(seq, cursor);
			},
		},
		status,
		therapistStatus(frame) {
			if (!isCarrying()) return;
			line.therapistStatus(frame);
			say({ type: "status", frame });
		},
		ephemeral(frame) {
			if (!isCarrying()) return;
			line.ephemeral(frame);
			say({ type: "frame", frame });
		},
		signedOut() {
			if (!isCarrying()) return;
			ended();
			line.signedOut();
		},
		outdated() {
			line.outdated();
			say({ type: "outdated" });
		},
	};
}
