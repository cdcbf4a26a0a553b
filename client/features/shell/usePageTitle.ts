import { useEffect } from "preact/hooks";
import { appName } from "./boot";

/** Names the page in the tab and in the history. */
export function usePageTitle(title: string): void {
	useEffect(() => {
		document.title = title ? `${title} · ${appName}` : appName;
	}, [title]);
}
