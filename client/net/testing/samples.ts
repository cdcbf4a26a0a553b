/** Facts for tests: whole, valid, and changed where a test says so. */
import type { Booking, Conversation, Mark, Message, Notification, Therapist, User } from "../types";

export const START = Date.parse("2026-03-10T04:00:00.000Z");
const HOUR = 3_600_000;
const at = (offset: number) => new Date(START + offset).toISOString();

export const budi: User = {
	id: "u-budi",
	role: "customer",
	displayName: "Budi",
	isGuest: true,
	locale: "en",
	timezone: "Asia/Makassar",
	therapistId: null,
	shareTyping: true,
	sharePresence: true,
};

export const ayuUser: User = {
	...budi,
	id: "u-ayu",
	role: "therapist",
	displayName: "Ayu",
	isGuest: false,
	therapistId: "t-ayu",
};

export const ROOM = "customer_u-budi_therapist_t-ayu";

export const ayu: Therapist = {
	id: "t-ayu",
	kind: "therapist",
	displayName: "Ayu",
	area: "Ubud",
	areasServed: ["Ubud"],
	address: "Jalan Kenanga 2, Ubud",
	timezone: "Asia/Makassar",
	languages: ["id", "en"],
	capacity: 1,
	status: "available",
	travelFee: 25_000,
	currency: "IDR",
	services: [
		{ id: "s-60", name: "Balinese", nameId: "Bali", duration: 60, price: 150_000, currency: "IDR" },
	],
	hours: [],
	photoUrl: null,
	aboutEn: "",
	aboutId: "",
};

export function booking(change: Partial<Booking> = {}): Booking {
	return {
		bookingId: "b-1",
		customerId: budi.id,
		therapistId: ayu.id,
		conversationId: ROOM,
		customerName: "Budi",
		therapistName: "Ayu",
		status: "pending",
		price: 175_000,
		servicePrice: 150_000,
		travelFee: 25_000,
		currency: "IDR",
		duration: 60,
		serviceId: "s-60",
		serviceName: "Balinese",
		area: "Ubud",
		location: "Jalan Raya 1",
		locationType: "villa",
		massageFor: "male",
		scheduledTime: at(24 * HOUR),
		endTime: at(25 * HOUR),
		timezone: "Asia/Makassar",
		expiresAt: at(600_000),
		cancelledBy: null,
		cancelReason: null,
		cancelNote: null,
		completed: false,
		note: null,
		version: 1,
		createdAt: at(0),
		acceptedAt: null,
		confirmedAt: null,
		cancelledAt: null,
		...change,
	};
}

export function message(seq: number, change: Partial<Message> = {}): Message {
	return {
		id: `m-${seq}`,
		conversationId: ROOM,
		seq,
		clientId: `c-${seq}`,
		senderId: "therapist_t-ayu",
		senderName: "Ayu",
		senderRole: "therapist",
		receiverId: "customer_u-budi",
		receiverName: "Budi",
		receiverRole: "customer",
		message: `message ${seq}`,
		messageType: "text",
		paymentCard: null,
		isRead: false,
		createdAt: at(seq * 1_000),
		...change,
	};
}

export function mark(role: Mark["role"], deliveredSeq: number, readSeq: number): Mark {
	return { role, deliveredSeq, readSeq };
}

export function conversation(change: Partial<Conversation> = {}): Conversation {
	return {
		id: ROOM,
		customerId: budi.id,
		therapistId: ayu.id,
		customerName: "Budi",
		therapistName: "Ayu",
		bookingId: "b-1",
		isOpen: true,
		canWrite: true,
		isUnlocked: true,
		closedReason: null,
		expiresAt: null,
		unreadCount: 0,
		marks: [mark("customer", 0, 0), mark("therapist", 0, 0)],
		lastMessage: null,
		version: 1,
		...change,
	};
}

export function notification(change: Partial<Notification> = {}): Notification {
	return {
		id: "n-1",
		type: "booking_request",
		bookingId: "b-1",
		appealId: null,
		title: "New booking request",
		body: "Answer by 12:10",
		createdAt: at(0),
		acknowledgedAt: null,
		level: 0,
		...change,
	};
}
