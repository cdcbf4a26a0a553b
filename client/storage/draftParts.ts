/** What the draft store needs from outside, so that it can be tested without a browser, a clock or a server. */
import type { Result } from "../net/problem";
import type { Booking, DraftFields, Message, Draft as ServerDraft } from "../net/types";
import type { BookingFields, DraftField } from "./draftFields";
import type { Ask, ServerBase } from "./draftShared";
import type { Owner } from "./owner";

export interface DraftClock {
	/** Device time, ms; it may be set back. */
	now(): number;
	/** Calls `act` once after `delay` ms; what is returned cancels it. */
	after(delay: number, act: () => void): () => void;
}

/** One fault of a form, by the codes of docs/protocol.md. */
export interface DraftFault {
	field: string;
	code: string;
}

export interface DraftParts<Outcome = unknown> {
	clock: DraftClock;
	/** Whose drafts may be read and written now; null while it is not known. */
	owner(): Owner | null;
	/** What is wrong with these fields for this therapist. */
	check(therapistId: string, fields: BookingFields): readonly DraftFault[];
	/** Sends the order; `price` is the total that was shown, in minor units. */
	submit(therapistId: string, price: number): Promise<Outcome>;
	/** Gives up an order to this therapist that was not sent yet. */
	discardOrder(therapistId: string): void;
	/** The details of a draft changed: an order made of them is not sent any more as it is. */
	holdOrder(therapistId: string): void;
	/** The person's newest booking, or null. */
	lastBooking(): Promise<Result<Booking | null>>;
	/** Adds messages to those that can be read without a network. */
	keepMessages(owner: Owner, messages: readonly Message[]): Promise<void>;
	/** Puts the therapist's window back to its beginning. */
	resetWindow(therapistId: string): void;
	/** The person cleared a draft that the server may have; it is noted on the device, to be removed there. */
	cleared(therapistId: string): void;
}

/** The server's copies, as in docs/protocol.md. */
export interface DraftNet {
	draft(therapistId: string): Promise<Result<ServerDraft>>;
	saveDraft(
		therapistId: string,
		baseVersion: number,
		draft: DraftFields,
	): Promise<Result<{ version: number }>>;
	removeDraft(therapistId: string, baseVersion: number): Promise<Result<{ version: number }>>;
}

/** A draft as it is shown. */
export interface Draft {
	fields: BookingFields;
	bookingId: string | null;
	/** Minutes of the chosen service; null while none is. */
	duration: number | null;
	/** CSS pixels. */
	scroll: number;
	asks: readonly Ask[];
	base: ServerBase | null;
	/** Of the last save; 0 while nothing was saved. */
	version: number;
	/** When it was last saved (device time, ms); null while nothing was. */
	savedAt: number | null;
	/** Something was changed since the last save. */
	isUnsaved: boolean;
	/** False when the device refuses to keep it: it will not survive a reload. */
	isKept: boolean;
	/** It was here when the page was loaded, and the person has not said yet whether to go on with it. */
	isFound: boolean;
	/** `backup`, `pieces`: something of the last save was damaged; `lost`: nothing of it could be read. */
	damage: "backup" | "pieces" | "lost" | null;
}

/** R32. */
export interface StorageHealth {
	/** The device keeps what is written. */
	operational: boolean;
	autoSaveEnabled: boolean;
	draftExists: boolean;
	draftVersion: number;
	/** Bytes of everything that the app has in this storage. */
	bytesUsed: number;
}

export type DraftChange = Partial<BookingFields>;
export const changedIn = (change: DraftChange) => Object.keys(change) as DraftField[];
