/** Who owns what is on the device: a user's id, or `guest` while nobody is known yet. */
export type Owner = string;
export const NOBODY_YET: Owner = "guest";
