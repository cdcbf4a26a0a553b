import { type TextKey, t } from "../../i18n";
import type { User } from "../../state/types";
import { LinkButton } from "../../ui/Button";
import type { IconName } from "../../ui/Icon";
import { EmptyState } from "../../ui/Place";
import { HOMES } from "./home";

interface PlaceWords {
	icon: IconName;
	title: TextKey;
	text: TextKey;
}

/** Instead of a page that is shown to nobody in particular: the way to signing in. */
export function SignInFirst({ icon, title, text }: PlaceWords) {
	const action = (
		<LinkButton look="primary" icon="signIn" href="/sign-in">
			{t("nav.signIn")}
		</LinkButton>
	);
	return (
		<EmptyState icon={icon} level={1} title={t(title)} actions={action}>
			<p>{t(text)}</p>
		</EmptyState>
	);
}

/** Instead of a page for people of another role: whose it is, and the way to this person's own. */
export function NotForYou({ title, person }: { title: TextKey; person: User }) {
	const home = HOMES[person.role];
	const action = (
		<LinkButton look="primary" href={home.href}>
			{t(home.label)}
		</LinkButton>
	);
	return (
		<EmptyState icon="person" level={1} title={t(title)} actions={action}>
			<p>{t(`account.signedInAs.${person.role}`)}</p>
		</EmptyState>
	);
}
