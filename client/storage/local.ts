/**
 * localStorage that cannot throw. Where the browser refuses (storage off, full, private mode) the value is held
 * in memory for as long as the page lives, and `isKept` says that it will not survive.
 */
const inMemory = new Map<string, string>();

function attempt<Value>(act: (storage: Storage) => Value): Value | undefined {
	try {
		return act(localStorage);
	} catch {
		return undefined;
	}
}

/** What was written under `key`, or null when there is nothing or it cannot be read. */
export function readText(key: string): string | null {
	return inMemory.get(key) ?? attempt((storage) => storage.getItem(key)) ?? null;
}

/** Whether the value will survive a reload. */
export function writeText(key: string, value: string): boolean {
	const isKept = attempt((storage) => {
		storage.setItem(key, value);
		return true;
	});
	if (isKept) inMemory.delete(key);
	else inMemory.set(key, value);
	return isKept ?? false;
}

/** Whether what can be read under `key` is on the device, and not only in the memory of this page. */
export const isOnDevice = (key: string): boolean => !inMemory.has(key);

export function removeKey(key: string): void {
	inMemory.delete(key);
	attempt((storage) => storage.removeItem(key));
}

/** Every key that starts with `prefix`. */
export function keysStarting(prefix: string): string[] {
	const stored = attempt((storage) =>
		Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? ""),
	);
	const keys = new Set([...(stored ?? []), ...inMemory.keys()]);
	return [...keys].filter((key) => key.startsWith(prefix));
}

/** The value written by `writeJson`, or null when there is none, or it is damaged, or `isShape` refuses it. */
export function readJson<Value>(
	key: string,
	isShape: (value: unknown) => value is Value,
): Value | null {
	try {
		const value: unknown = JSON.parse(readText(key) ?? "null");
		return isShape(value) ? value : null;
	} catch {
		return null;
	}
}

/** Whether the value will survive a reload. */
export function writeJson(key: string, value: unknown): boolean {
	return writeText(key, JSON.stringify(value));
}

/** Whether the device keeps what is written now; nothing of what is there is touched. */
export function canKeep(): boolean {
	const isWritten = attempt((storage) => {
		storage.setItem(PROBE, PROBE);
		const isThere = storage.getItem(PROBE) === PROBE;
		storage.removeItem(PROBE);
		return isThere;
	});
	return isWritten ?? false;
}

/** Bytes of everything that is stored, here or in memory: a character takes two. */
export function bytesUsed(): number {
	const sizes = keysStarting("").map((key) => key.length + (readText(key)?.length ?? 0));
	return 2 * sizes.reduce((sum, size) => sum + size, 0);
}

const PROBE = "tenang.probe";
