/* Stand-in for YouTube's player: keeps the device names in local storage, logs, asks DoubleClick for an id; own code. */
(function () {
  localStorage.setItem("yt-remote-device-id", JSON.stringify({ data: crypto.randomUUID(), expiration: Date.now() + 31536000000, creation: Date.now() }));
  localStorage.setItem("yt-remote-connected-devices", JSON.stringify({ data: "[]", expiration: Date.now() + 86400000, creation: Date.now() }));
  if (/youtube\.com$/.test(location.hostname)) fetch("https://googleads.g.doubleclick.net/pagead/id", { credentials: "include" }).catch(function () {});
  navigator.sendBeacon("/youtubei/v1/log_event?alt=json", JSON.stringify({ events: [] }));
})();
