/** The engine without state and screens: what decides how events come and go, and what carries them. */
export { createHttp } from "../../client/net/http";
export { createServerClock } from "../../client/net/serverClock";
export { deviceTiming } from "../../client/net/timing";
export { createCarrier } from "../../client/sync/carrier";
export { settingsFrom } from "../../client/sync/connectionSettings";
export { shownRun } from "../../client/sync/history";
export { createLeader } from "../../client/sync/leader";
export { browserChannel, browserLocks, followPage } from "../../client/sync/leaderBrowser";
export { over } from "../../client/sync/over";
export { loadSnapshots } from "../../client/sync/snapshots";
export { createStream } from "../../client/sync/stream";
