import { t } from "../../i18n";
import { RadioCards } from "../../ui/RadioCards";
import { minutes, money, serviceName } from "../words";
import type { FormControls } from "./useBookingForm";

/** The services with length and price. */
export function ServiceChoice({ form }: { form: FormControls }) {
	return (
		<RadioCards
			id={form.idOf("serviceId")}
			label={t("form.service")}
			value={form.fields.serviceId ?? ""}
			error={form.faultOf("serviceId")}
			cards={form.therapist.services.map((service) => ({
				value: service.id,
				label: serviceName(service),
				note: minutes(service.duration),
				side: money(service.price, service.currency),
			}))}
			onValue={(serviceId) => form.change({ serviceId })}
			onBlur={() => form.leave("serviceId")}
		/>
	);
}
