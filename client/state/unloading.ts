/** Before the page goes away: where the device keeps nothing, what is unsent would go with it. */
import { areEntriesOnDevice } from "./outboxEntries";
import { saveTyped } from "./saving";
import { submissions } from "./submissions";
import { isTypedKept } from "./typed";

function wouldLose(): boolean {
	saveTyped();
	if (!isTypedKept()) return true;
	const orders = [...submissions.peek().values()];
	return !areEntriesOnDevice() || orders.some((order) => "isKept" in order && !order.isKept);
}

// The browser asks in its own words whether to leave.
addEventListener("beforeunload", (event) => {
	if (wouldLose()) event.preventDefault();
});
