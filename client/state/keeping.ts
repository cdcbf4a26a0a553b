/** How a guest keeps everything (R10): an account, or a code for another phone. */
import { done, type Result } from "../net/problem";
import type { RecoveryCode, User } from "../net/types";
import { api } from "./engine";
import { forgetGuestKey } from "./guestRevival";
import { amend } from "./session";

export type { RecoveryCode } from "../net/types";

/** The guest becomes an account, with the same bookings, chats and drafts. Codes: `validation`, `email_taken`, `already_registered`. */
export async function register(email: string, password: string): Promise<Result<User>> {
	const result = await api.register(email, password);
	if (!result.ok) return result;
	// For the server it is nobody's any more: after a crash it would make a stranger.
	forgetGuestKey();
	amend(result.value.user);
	return done(result.value.user);
}

/** A code with which another phone opens everything of this person: once, for 24 hours. */
export const makeRecoveryCode = (): Promise<Result<RecoveryCode>> => api.recoveryCode();
