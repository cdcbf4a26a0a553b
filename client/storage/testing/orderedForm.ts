/** A form with an order on its way, as the device keeps it while nobody is known. */
import type { BookingRequest } from "../../net/types";
import { emptyFields } from "../draftFields";
import { contentOf, type DraftContent, emptyContent, readDraft, writeDraft } from "../draftFile";
import { NOBODY_YET, type Owner } from "../keys";

export const AYU = "t-ayu";
export const order: BookingRequest = {
	therapistId: AYU,
	serviceId: "s-60",
	expectedPrice: 175_000,
	customerName: "Budi",
	customerWhatsApp: "0812 3456 7890",
	locationType: "villa",
	area: "Ubud",
	location: "Jalan Raya 1",
	massageFor: "male",
	scheduledTime: null,
};
export const attempt = {
	key: "k-1",
	order,
	earlier: [],
	pressedAt: 1_000,
	isWaiting: true,
	asksFirst: false,
	unanswered: 0,
	isBooked: false,
};
export const form: DraftContent = {
	...emptyContent,
	fields: { ...emptyFields, customerName: "Budi" },
	attempt,
};
/** Puts a file of any shape where the draft of nobody in particular lies. */
export const putFile = (file: unknown) =>
	localStorage.setItem(`session_${AYU}_${NOBODY_YET}`, JSON.stringify(file));
/** A file as versions before schema 2 wrote it. */
export const putOld = (content: object) => putFile({ savedAt: 1_000, ...content });
export const put = (content: DraftContent, owner: Owner = NOBODY_YET) =>
	writeDraft(AYU, owner, content, 1_000);
/** The content of the draft that is read back, or null. */
export function read(owner: Owner = NOBODY_YET): DraftContent | null {
	const draft = readDraft(AYU, owner);
	return draft && contentOf(draft);
}
