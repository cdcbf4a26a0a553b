import { t } from "../../i18n";
import { hasOwnPlace } from "../../state/bookingChecks";
import type { LocationType } from "../../state/types";
import { TextArea, TextField } from "../../ui/Field";
import type { IconName } from "../../ui/Icon";
import { RadioCards } from "../../ui/RadioCards";
import { fieldWarning } from "./fieldWarning";
import type { FormControls } from "./useBookingForm";

const PLACES: readonly { value: LocationType; icon: IconName }[] = [
	{ value: "home", icon: "home" },
	{ value: "hotel", icon: "hotel" },
	{ value: "villa", icon: "villa" },
	{ value: "place", icon: "shop" },
];

/** Where the massage takes place; the provider's own place needs no address. */
export function WhereChoice({ form }: { form: FormControls }) {
	const { fields, therapist, change, leave, faultOf, idOf } = form;
	const own = therapist.kind === "place" ? "form.location.placeOfSpa" : "form.location.place";
	const needsAddress = fields.locationType !== null && fields.locationType !== "place";
	return (
		<div class="form-group">
			<RadioCards
				id={idOf("locationType")}
				label={t("form.where")}
				arrange="row"
				value={fields.locationType ?? ""}
				error={faultOf("locationType")}
				cards={PLACES.filter(({ value }) => value !== "place" || hasOwnPlace(therapist)).map(
					({ value, icon }) => ({
						value,
						icon,
						label: t(value === "place" ? own : `form.location.${value}`),
					}),
				)}
				onValue={(locationType) => change({ locationType })}
				onBlur={() => leave("locationType")}
			/>
			{needsAddress && <Address form={form} />}
		</div>
	);
}

function Address({ form }: { form: FormControls }) {
	const { fields, change, leave, faultOf, idOf, contact } = form;
	const hotel = fields.locationType === "hotel";
	return (
		<>
			<TextField
				id={idOf("area")}
				label={t("form.area")}
				hint={t("form.areaHint")}
				value={fields.area}
				error={faultOf("area")}
				below={fieldWarning(form, "area")}
				autocomplete="address-level2"
				onValue={(area, event) => {
					change({ area });
					contact.typed("area", area, event);
				}}
				onBlur={() => leave("area")}
			/>
			<TextArea
				id={idOf("location")}
				label={t(hotel ? "form.addressHotel" : "form.address")}
				hint={t("form.addressHint")}
				value={fields.location}
				error={faultOf("location")}
				below={fieldWarning(form, "location")}
				autocomplete="street-address"
				onValue={(location, event) => {
					change({ location });
					contact.typed("location", location, event);
				}}
				onBlur={() => leave("location")}
			/>
		</>
	);
}
