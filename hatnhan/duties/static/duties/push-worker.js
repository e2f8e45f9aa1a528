// Shows a message of fixed words and opens the inbox. It keeps nothing and answers no page.
self.addEventListener("push", (event) => {
  let text = "";
  try { text = event.data ? event.data.json().text : ""; } catch (problem) { text = ""; }
  event.waitUntil(self.registration.showNotification("Hạt Nhân", { body: text || "Có thông báo mới", tag: "hatnhan" }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/duties/"));
});
