/** An unguessable id of `bytes` random bytes, as hexadecimal. Works on plain http too, where randomUUID does not exist. */
export function randomId(bytes = 16): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
		byte.toString(16).padStart(2, "0"),
	).join("");
}
