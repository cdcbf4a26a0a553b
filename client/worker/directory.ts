/** The kept directory: who is in it. What is no list of providers is nobody. */

/** Everyone, as the directory asks for it without filters. */
export const DIRECTORY = "/api/therapists";

interface Provider {
	id?: unknown;
	photoUrl?: unknown;
}

/** The providers of a directory's answer, of which a copy is read. */
export async function providersIn(list: Response): Promise<readonly Provider[]> {
	try {
		const { items } = (await list.clone().json()) as { items?: unknown };
		const isProvider = (item: unknown) => typeof item === "object" && item !== null;
		return Array.isArray(items) ? items.filter(isProvider) : [];
	} catch {
		return [];
	}
}

/** What the list says about the provider at `path`, as an answer with the list's headers; undefined if nothing. */
export async function providerIn(list: Response, path: string): Promise<Response | undefined> {
	const isAsked = ({ id }: Provider) => path === `${DIRECTORY}/${encodeURIComponent(String(id))}`;
	const provider = (await providersIn(list)).find(isAsked);
	const headers = new Headers(list.headers);
	// They speak of the list's own bytes.
	for (const name of ["Content-Length", "Content-Encoding", "ETag"]) headers.delete(name);
	return provider && new Response(JSON.stringify(provider), { headers });
}
