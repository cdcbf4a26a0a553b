import { useEffect, useRef } from "preact/hooks";

/** https://html.spec.whatwg.org/#the-closewatcher-interface, not in every browser. */
interface CloseWatcherLike {
	onclose: (() => void) | null;
	destroy: () => void;
}

type CloseWatcherMaker = new () => CloseWatcherLike;

/** Lets Android's back gesture close what covers the screen; `close` is null while nothing does. */
export function useBackCloses(close: (() => void) | null): void {
	const current = useRef(close);
	current.current = close;
	const isOpen = close !== null;
	useEffect(() => {
		const Maker = (globalThis as { CloseWatcher?: CloseWatcherMaker }).CloseWatcher;
		if (!isOpen || !Maker) return;
		const watcher = new Maker();
		watcher.onclose = () => current.current?.();
		return () => watcher.destroy();
	}, [isOpen]);
}
