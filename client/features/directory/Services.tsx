import { t } from "../../i18n";
import type { Therapist } from "../../state/types";
import { Dotted } from "../../ui/Dotted";
import { BookButton } from "../booking/BookButton";
import { minutes, money, serviceName } from "../words";

/** What is on offer, each with its length and price, each bookable at once. */
export function Services({ therapist }: { therapist: Therapist }) {
	return (
		<section class="stack" aria-labelledby="services-title">
			<h2 id="services-title">{t("provider.services")}</h2>
			<ul class="services">
				{therapist.services.map((service) => {
					const name = serviceName(service);
					const duration = minutes(service.duration);
					return (
						<li class="service" key={service.id}>
							<div>
								<p class="service-name">{name}</p>
								<p class="service-facts numeric">
									<Dotted>
										{duration}
										{money(service.price, service.currency)}
									</Dotted>
								</p>
							</div>
							<BookButton
								therapistId={therapist.id}
								serviceId={service.id}
								unavailable={therapist.status === "offline"}
								aria-label={t("provider.bookServiceNamed", { service: name, duration })}
							>
								{t("provider.bookService")}
							</BookButton>
						</li>
					);
				})}
			</ul>
		</section>
	);
}
