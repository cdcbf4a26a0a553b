/** A customer's page with the chat of one booking open, and what became of the messages she sent. */
import type { FakeServer, Fate } from "../../net/testing/fakeServer";
import { booking, budi, ROOM } from "../../net/testing/samples";
import { freshDevice, loadPage, type Seam } from "./page";

/** What the page asked to send, and what the server holds of it in its order. */
export const postsTo = (server: FakeServer) =>
	server.to("POST", `/api/conversations/${ROOM}/messages`);
export const sentTo = (server: FakeServer) => server.messages.map(({ message }) => message);

/** The next `count` messages meet `fate`, then all goes well. */
export function meetNextPosts(server: FakeServer, count: number, fate: Fate): void {
	let left = count;
	server.fate = ({ method, path }) =>
		method === "POST" && path.endsWith("/messages") && left-- > 0 ? fate : null;
}

export async function openChat(): Promise<{ server: FakeServer; page: Seam }> {
	const server = freshDevice();
	server.user = budi;
	server.bookings = [booking()];
	const page = await loadPage();
	await page.loadMessages(ROOM);
	return { server, page };
}
