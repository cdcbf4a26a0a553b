import { signal } from "@preact/signals";

/** Browsers let a page sound only after a tap, so every visit begins in silence. */
export const sound = signal<{ state: "locked" | "ready" | "failed"; testedAt: number | null }>({
	state: "locked",
	testedAt: null,
});

type SoundName = "request" | "message";
const players = new Map<SoundName, HTMLAudioElement>();

function playerOf(name: SoundName): HTMLAudioElement {
	const known = players.get(name);
	if (known) return known;
	const made = new Audio(`/static/sounds/${name}.wav`);
	made.preload = "auto";
	players.set(name, made);
	return made;
}

/** Must be called from a tap: plays the request sound once, and from then on alerts can be heard. */
export async function unlockSound(): Promise<boolean> {
	playerOf("message").load();
	const heard = await play("request");
	sound.value = heard
		? { state: "ready", testedAt: Date.now() }
		: { ...sound.value, state: "failed" };
	return heard;
}

/** Sounds an alert. Silence is no failure while the sound was never unlocked. */
export async function alertWith(name: SoundName): Promise<void> {
	if (sound.value.state !== "ready") return;
	if (!(await play(name))) sound.value = { ...sound.value, state: "failed" };
}

async function play(name: SoundName): Promise<boolean> {
	try {
		const player = playerOf(name);
		player.currentTime = 0;
		await player.play();
		return true;
	} catch {
		return false; // The browser refused, or the file did not come: the screen says so.
	}
}
