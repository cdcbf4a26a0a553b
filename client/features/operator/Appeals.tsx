import { useRef, useState } from "preact/hooks";
import { type TextKey, t } from "../../i18n";
import { type Judgement, judge, type Part } from "../../state/oversight";
import type { Appeal, Problem } from "../../state/types";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/Field";
import { EmptyState } from "../../ui/Place";
import { useFocusInAndBack } from "../../ui/useFocusInAndBack";
import { takenFor } from "../contact/contactWords";
import { MarkedText } from "../contact/markedText";
import { notify } from "../status/notices";
import { problemText } from "../status/problemText";
import { dayAndTime } from "../words";
import { Newest } from "./Newest";

/** The texts that wait for a judgement. */
export function Appeals({ part }: { part: Part<Appeal> }) {
	const heading = useRef<HTMLHeadingElement>(null);
	return (
		<section class="section" aria-labelledby="appeals-title">
			<h2 id="appeals-title" ref={heading} tabIndex={-1}>
				{t("operator.appeals")}
			</h2>
			{part.items.length === 0 && (
				<EmptyState icon="check" level={3} title={t("operator.noAppeals")}>
					<p>{t("operator.noAppealsText")}</p>
				</EmptyState>
			)}
			<ul class="stack">
				{part.items.map((appeal) => (
					<li key={appeal.id}>
						<AppealCard appeal={appeal} onJudged={() => heading.current?.focus()} />
					</li>
				))}
			</ul>
			<Newest part={part} />
		</section>
	);
}

function AppealCard({ appeal, onJudged }: { appeal: Appeal; onJudged: () => void }) {
	const [busy, setBusy] = useState<Judgement | null>(null);
	const [isRejecting, setRejecting] = useState(false);
	const [fault, setFault] = useState<string>();
	const name = appeal.displayName;
	const decide = async (judgement: Judgement, reason = "") => {
		setBusy(judgement);
		setFault(undefined);
		const result = await judge(appeal.id, judgement, reason);
		setBusy(null);
		if (!result.ok && result.error.code !== "appeal_judged") {
			setFault(faultText(result.error));
			return;
		}
		const words: TextKey = judgement === "allow" ? "operator.allowed" : "operator.rejected";
		const text = result.ok ? t(words, { name }) : problemText(result.error);
		notify({ text, icon: result.ok ? "check" : "alert" });
		// The card that had the focus is gone.
		onJudged();
	};
	return (
		<article class="card stack" aria-label={t("operator.appealBy", { name, kind: kindOf(appeal) })}>
			<AppealHead appeal={appeal} />
			<Before texts={appeal.recent} />
			<blockquote class="operator-text" dir="auto">
				<MarkedText
					text={appeal.text ?? appeal.redacted}
					spans={appeal.spans as [number, number][]}
				/>
			</blockquote>
			{isRejecting ? (
				<Rejecting
					id={appeal.id}
					busy={busy === "reject"}
					fault={fault}
					onYes={(reason) => void decide("reject", reason)}
					onNo={() => setRejecting(false)}
				/>
			) : (
				<>
					{fault && <p role="alert">{fault}</p>}
					<div class="row operator-actions">
						<Button
							look="primary"
							icon="check"
							busy={busy === "allow"}
							aria-label={t("operator.allowNamed", { name })}
							onClick={() => void decide("allow")}
						>
							{t("operator.allow")}
						</Button>
						<Button
							icon="close"
							unavailable={busy !== null}
							aria-label={t("operator.rejectNamed", { name })}
							onClick={() => setRejecting(true)}
						>
							{t("operator.reject")}
						</Button>
					</div>
				</>
			)}
		</article>
	);
}

function AppealHead({ appeal }: { appeal: Appeal }) {
	const { displayName, role, customerName, therapistName, code, createdAt } = appeal;
	return (
		<div class="operator-card-head">
			<div>
				<h3>
					<bdi>{displayName}</bdi>
				</h3>
				<p class="muted small">
					{t(`account.role.${role}`)} · {kindOf(appeal)} · {dayAndTime(createdAt)}
				</p>
				{customerName && therapistName && (
					<p class="muted small">
						{t("operator.between", { customer: customerName, therapist: therapistName })}
					</p>
				)}
			</div>
			<Badge tone="bad" icon="alert">
				{takenFor(code)}
			</Badge>
		</div>
	);
}

/** What only together with the text makes what was refused, oldest first. */
function Before({ texts }: { texts: readonly string[] }) {
	if (texts.length === 0) return null;
	return (
		<div>
			<p class="muted small">{t("operator.before")}</p>
			<ol class="operator-before" aria-label={t("operator.before")}>
				{texts.map((text, at) => (
					<li key={at} class="operator-text" dir="auto">
						{text}
					</li>
				))}
			</ol>
		</div>
	);
}

interface RejectingProps {
	id: string;
	busy: boolean;
	fault: string | undefined;
	onYes: (reason: string) => void;
	onNo: () => void;
}

function Rejecting({ id, busy, fault, onYes, onNo }: RejectingProps) {
	const [reason, setReason] = useState("");
	const box = useFocusInAndBack<HTMLFormElement>();
	return (
		<form
			ref={box}
			class="stack operator-rejecting"
			aria-label={t("operator.rejectTitle")}
			tabIndex={-1}
			onSubmit={(event) => {
				event.preventDefault();
				if (!busy) onYes(reason.trim());
			}}
			onKeyDown={(event) => event.key === "Escape" && onNo()}
		>
			<TextField
				id={`reason-${id}`}
				label={t("operator.reason")}
				optional={t("operator.reasonOptional")}
				maxLength={300}
				value={reason}
				error={fault}
				onValue={setReason}
			/>
			<div class="row operator-actions">
				<Button type="submit" look="danger" busy={busy}>
					{t("operator.rejectYes")}
				</Button>
				<Button onClick={onNo}>{t("operator.rejectNo")}</Button>
			</div>
		</form>
	);
}

const kindOf = ({ kind }: Appeal) => t(`operator.kind.${kind}`);

const faultText = (error: Problem) =>
	error.code === "contact_blocked" ? t("operator.reasonBlocked") : problemText(error);
