/** All that needs a person, or something of one on this device; fetched as whenPersonal.ts says. */
import "./keptDrafts";
import "./keptOrders";
import "./outbox";
import "./settling";
import "./unloading";
import { startReviving } from "./guestRevival";
import { startKeeping } from "./lastKnown";

export { pending } from "./bookings";
export { unreadTotal } from "./conversations";
export { bringToFront, putAwayBut, windows } from "./windows";

startKeeping();
startReviving();
