/** Whether this device may hold anything of a person: cheap to ask, and never "no" where there is something. */
import { DATABASE } from "./databaseName";
import { keysStarting } from "./local";

/** What the app itself remembers on every device. Whatever else is in the storage may be a person's. */
const OF_NOBODY = /^tenang\.(theme|log|reloaded)$/;

/** What is known at once. */
export const hasKeys = (): boolean => keysStarting("").some((key) => !OF_NOBODY.test(key));

/** The database is made when there is something to keep; a browser that cannot tell may have it. */
export async function mayHaveDatabase(): Promise<boolean> {
	try {
		return (await indexedDB.databases()).some(({ name }) => name === DATABASE);
	} catch {
		return "indexedDB" in globalThis;
	}
}
