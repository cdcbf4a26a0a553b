/** For tests of the screens about payment: a server that keeps an account and takes cards, and facts to begin with. */
export {
	cardMessage,
	FakePayments,
	MASKED,
	NUMBER,
	paymentCard,
} from "../../net/testing/fakePayments";
export { ayuUser, booking, budi, ROOM } from "../../net/testing/samples";
