import { t } from "../../i18n";
import type { MassageFor } from "../../state/types";
import { TextArea, TextField } from "../../ui/Field";
import type { IconName } from "../../ui/Icon";
import { RadioCards } from "../../ui/RadioCards";
import { fieldWarning } from "./fieldWarning";
import type { FormControls } from "./useBookingForm";

const GUESTS: readonly { value: MassageFor; icon: IconName }[] = [
	{ value: "female", icon: "person" },
	{ value: "male", icon: "person" },
	{ value: "couple", icon: "people" },
	{ value: "child", icon: "child" },
];

/** Who books, and who the massage is for. */
export function PersonFields({ form }: { form: FormControls }) {
	const { fields, change, leave, faultOf, idOf, contact } = form;
	return (
		<div class="form-group">
			<RadioCards
				id={idOf("massageFor")}
				label={t("form.massageFor")}
				arrange="row"
				value={fields.massageFor ?? ""}
				error={faultOf("massageFor")}
				cards={GUESTS.map(({ value, icon }) => ({ value, icon, label: t(`form.for.${value}`) }))}
				onValue={(massageFor) => change({ massageFor })}
				onBlur={() => leave("massageFor")}
			/>
			<TextField
				id={idOf("customerName")}
				label={t("form.name")}
				value={fields.customerName}
				error={faultOf("customerName")}
				below={fieldWarning(form, "customerName")}
				autocomplete="name"
				onValue={(customerName, event) => {
					change({ customerName });
					contact.typed("customerName", customerName, event);
				}}
				onBlur={() => leave("customerName")}
			/>
			<TextField
				id={idOf("customerWhatsApp")}
				type="tel"
				dir="ltr"
				inputMode="tel"
				label={t("form.whatsApp")}
				hint={t("form.whatsAppHint")}
				value={fields.customerWhatsApp}
				error={faultOf("customerWhatsApp")}
				autocomplete="tel"
				onValue={(customerWhatsApp) => change({ customerWhatsApp })}
				onBlur={() => leave("customerWhatsApp")}
			/>
			<TextArea
				id={idOf("note")}
				rows={2}
				label={t("form.note")}
				optional={t("app.optional")}
				hint={t("form.noteHint")}
				value={fields.note}
				error={faultOf("note")}
				below={fieldWarning(form, "note")}
				onValue={(note, event) => {
					change({ note });
					contact.typed("note", note, event);
				}}
				onBlur={() => leave("note")}
			/>
		</div>
	);
}
