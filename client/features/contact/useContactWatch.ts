import { useEffect, useMemo } from "preact/hooks";
import { ContactWatch } from "../../state/contactWatch";

/** A watch over one text for as long as its field is there, however the text comes into it. */
export function useContactWatch(text: string, recent?: () => readonly string[]): ContactWatch {
	const watch = useMemo(() => new ContactWatch(recent), []);
	useEffect(() => watch.typed(text), [watch, text]);
	useEffect(() => () => watch.clear(), [watch]);
	return watch;
}

/** Whether what was put into the field came all at once. */
export const isPasted = (event: Event): boolean =>
	event instanceof InputEvent && (event.inputType ?? "").startsWith("insertFrom");
