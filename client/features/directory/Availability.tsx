import { t } from "../../i18n/front";
import type { TherapistStatus } from "../../state/types";
import { Badge, type Tone } from "../../ui/Badge";
import type { IconName } from "../../ui/Icon";

const LOOK: Record<TherapistStatus, { tone: Tone; icon: IconName }> = {
	available: { tone: "good", icon: "available" },
	busy: { tone: "warn", icon: "busy" },
	offline: { tone: "plain", icon: "off" },
};

/** Whether a provider can come now, live. */
export function Availability({ status }: { status: TherapistStatus }) {
	return <Badge {...LOOK[status]}>{t(`provider.${status}`)}</Badge>;
}
