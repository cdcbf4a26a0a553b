"""What a device has been told and what it keeps: every answer, every frame, and every store of its browser."""

from __future__ import annotations

from playwright.sync_api import Error, Response, WebSocket

from tests.e2e.device import Device

#: All that a page can store, as text: localStorage, sessionStorage, IndexedDB and the worker's caches.
STORES = """async () => {
    const kept = [{ ...localStorage }, { ...sessionStorage }];
    const asked = (request) => new Promise((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
    });
    for (const { name } of await indexedDB.databases()) {
        const database = await asked(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
            const rows = database.transaction(store).objectStore(store);
            kept.push([name, store, await asked(rows.getAllKeys()), await asked(rows.getAll())]);
        }
        database.close();
    }
    for (const key of await caches.keys()) {
        const cache = await caches.open(key);
        for (const request of await cache.keys()) {
            const answer = await cache.match(request);
            kept.push([key, request.url, [...answer.headers], await answer.text()]);
        }
    }
    return JSON.stringify(kept);
}"""


class Traces:
    """What comes to a device from now on, but for answers to addresses that end with ``apart``."""

    def __init__(self, device: Device, apart: str = "\0") -> None:
        self._device = device
        self._apart = apart
        self._answers: list[Response] = []
        self.told: list[str] = []
        device.page.on("response", lambda answer: self._answers.append(answer))
        device.page.on("websocket", self._listen)
        device.page.on("console", lambda line: self.told.append(line.text))

    def _listen(self, socket: WebSocket) -> None:
        for event in ("framereceived", "framesent"):
            socket.on(event, lambda frame: self.told.append(frame if isinstance(frame, str) else frame.decode()))

    def answers(self) -> list[str]:
        """The bodies of what the API answered, each with its address."""
        found = []
        for response in self._answers:
            if "/api/" not in response.url or response.url.endswith(self._apart):
                continue
            try:
                found.append(f"{response.url} {response.text()}")
            except Error:
                continue  # a poll that was cut off, or an answer without a body, has said nothing
        return found

    def stores(self) -> str:
        """Everything that the browser keeps for this page."""
        return str(self._device.page.evaluate(STORES))

    def everything(self) -> list[str]:
        """All of it."""
        return [*self.answers(), *self.told, self.stores()]
