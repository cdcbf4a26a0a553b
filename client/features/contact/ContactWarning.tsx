import "./contact.css";
import { t } from "../../i18n";
import type { Appealed } from "../../state/appeals";
import { appealOf } from "../../state/appeals";
import type { Warning } from "../../state/contactWatch";
import { Icon } from "../../ui/Icon";
import { appName } from "../shell/boot";
import { AppealLine } from "./AppealLine";
import { refusalText } from "./contactWords";
import { Excerpt } from "./markedText";
import { standingOf } from "./standing";

interface ContactWarningProps {
	/** The id of the field's control; the ids of what describes it are made from it. */
	id: string;
	warning: Warning | null;
	appealed: Appealed;
	place: "chat" | "form";
	/** How often Send was pressed in vain: each time it is said again. */
	presses?: number | undefined;
	/** Who asks, where nobody is known yet. */
	guestName?: string | undefined;
}

/** The id of the sentence, for `aria-describedby` of the control. */
export const warningId = (id: string): string => `${id}-contact`;

/** The same as what stands below a field; undefined where there is nothing to say. */
export function warningBelow(props: ContactWarningProps) {
	const { isBlocked, isShown } = standingOf(props.appealed, props.warning);
	if (!isShown) return undefined;
	return { id: warningId(props.id), isWrong: isBlocked, content: <ContactWarning {...props} /> };
}

/** Why a text can't be sent, with the words marked, and the way to have a person look at it. */
export function ContactWarning({
	id,
	warning,
	appealed,
	place,
	presses = 0,
	guestName,
}: ContactWarningProps) {
	const appeal = appealOf(appealed);
	if (appeal?.status === "allowed") {
		return (
			<p class="contact contact-allowed" id={warningId(id)} role="status">
				<Icon name="check" size={18} />
				<span>{t("contact.allowed", { app: appName })}</span>
			</p>
		);
	}
	if (!warning) return null;
	return (
		<div class="contact">
			<div id={warningId(id)}>
				{/* Said once; what changes with the next keys is not in it. */}
				<p class="contact-why" role="alert" key={presses}>
					<Icon name="alert" size={18} />
					<span>
						{presses > 0 && `${t("contact.notSent")} `}
						{refusalText(warning.code, place)}
					</span>
				</p>
				<Excerpt text={warning.text} spans={warning.spans} />
			</div>
			<AppealLine appealed={appealed} guestName={guestName} />
		</div>
	);
}
