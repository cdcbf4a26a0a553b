import { t } from "../../i18n";
import { isStatusChanging, ownStatus, setOwnStatus } from "../../state/therapistDesk";
import type { TherapistStatus } from "../../state/types";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { Icon, type IconName } from "../../ui/Icon";
import { RadioCards } from "../../ui/RadioCards";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import { clockTime } from "../words";
import { sound, unlockSound } from "./alertSound";
import { LiveLine } from "./LiveLine";

const LOOK: Record<TherapistStatus, { class: string; icon: IconName }> = {
	available: { class: "duty-on", icon: "available" },
	busy: { class: "duty-busy", icon: "busy" },
	offline: { class: "duty-off", icon: "off" },
};

const WORDS = {
	available: { title: "desk.onDuty", text: "desk.onDutyText" },
	busy: { title: "desk.busy", text: "desk.busyText" },
	offline: { title: "desk.offDuty", text: "desk.goOnText" },
} as const;

/** What the state means. That requests ring is said only where they can be heard. */
function meaningOf(status: TherapistStatus): string {
	const isSilent = status === "available" && sound.value.state !== "ready";
	return t(isSilent ? "desk.onDutySilent" : WORDS[status].text);
}

async function choose(status: TherapistStatus): Promise<void> {
	// The tap on this very button is what the browser wants to see before it lets the page sound.
	if (status === "available" && sound.peek().state !== "ready") void unlockSound();
	const result = await setOwnStatus(status);
	if (!result.ok) notify({ text: problemText(result.error), icon: "alert" });
}

/** The availability switch, with what it means and whether this device can be heard. */
export function DutyCard() {
	const status = ownStatus.value;
	if (!status) return null;
	const look = LOOK[status];
	return (
		<section class={`card duty ${look.class}`} aria-labelledby="duty-title">
			<div class="duty-head">
				<span class="duty-sign">
					<Icon name={look.icon} size={24} />
				</span>
				<div class="duty-words" role="status">
					<h2 id="duty-title">{t(WORDS[status].title)}</h2>
					<p class="muted small">{meaningOf(status)}</p>
				</div>
			</div>
			{status === "offline" ? (
				<Button
					look="primary"
					icon="bell"
					wide
					busy={isStatusChanging.value}
					onClick={() => void choose("available")}
				>
					{t("desk.goOn")}
				</Button>
			) : (
				<>
					<StatusChoice status={status} />
					<SoundLine />
				</>
			)}
			<LiveLine />
		</section>
	);
}

function StatusChoice({ status }: { status: TherapistStatus }) {
	return (
		<RadioCards
			id="duty"
			label={t("desk.duty")}
			hideLabel
			arrange="row"
			value={status}
			cards={(["available", "busy", "offline"] as const).map((value) => ({
				value,
				icon: LOOK[value].icon,
				label: t(`desk.status.${value}`),
			}))}
			onValue={(value: TherapistStatus) => void choose(value)}
		/>
	);
}

function SoundLine() {
	const { state, testedAt } = sound.value;
	if (state === "ready") {
		return (
			<p class="row small muted">
				<Icon name="sound" />
				{testedAt && t("desk.soundTested", { time: clockTime(testedAt) })}
			</p>
		);
	}
	return (
		<Banner
			tone="warn"
			icon="sound"
			title={t("desk.soundOff")}
			actions={
				<Button icon="sound" onClick={() => void unlockSound()}>
					{t("desk.soundOn")}
				</Button>
			}
		>
			{t(state === "failed" ? "desk.soundFailed" : "desk.soundOffText")}
		</Banner>
	);
}
