import { therapistById } from "../../state/directory";
import type { Booking } from "../../state/types";
import { serviceName } from "../words";

/** The booked service in the language on the screen, where the provider is known; else as it was booked. */
export function bookedService({ therapistId, serviceId, serviceName: booked }: Booking): string {
	const services = therapistById(therapistId).value.value?.services;
	const service = services?.find(({ id }) => id === serviceId);
	return service ? serviceName(service) : booked;
}
