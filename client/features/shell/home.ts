import type { FrontKey } from "../../i18n/front";
import type { Role } from "../../state/types";

interface Home {
	href: string;
	label: FrontKey;
}

/** The page on which each kind of person starts, and what its tab is called. */
export const HOMES: Readonly<Record<Role, Home>> = {
	customer: { href: "/bookings", label: "nav.bookings" },
	therapist: { href: "/therapist", label: "nav.desk" },
	operator: { href: "/operator", label: "nav.operator" },
};
