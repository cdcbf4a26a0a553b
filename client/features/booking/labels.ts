/** What the form calls its fields. */
export const LABELS = {
	serviceId: "form.service",
	scheduledTime: "form.when",
	locationType: "form.where",
	area: "form.area",
	location: "form.address",
	massageFor: "form.massageFor",
	customerName: "form.name",
	customerWhatsApp: "form.whatsApp",
	note: "form.note",
} as const;
