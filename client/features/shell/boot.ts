/** What the server wrote into the page under that name; null without it. */
export function bootText(name: string): string | null {
	try {
		const boot: unknown = JSON.parse(document.getElementById("boot")?.textContent ?? "{}");
		const value = (boot as Record<string, unknown>)[name];
		return typeof value === "string" && value ? value : null;
	} catch {
		return null; // A page cut short by the network still has to start.
	}
}

/** The product's name as the server is set up to show it. */
export const appName = bootText("appName") ?? "Tenang";
