/* Stand-in for Meta's social plug-ins: turns like buttons into frames of www.facebook.com. */
(function () {
  document.querySelectorAll(".fb-like").forEach(function (place) {
    var frame = document.createElement("iframe");
    frame.src = "https://www.facebook.com/v19.0/plugins/like.php?" + new URLSearchParams({ href: place.dataset.href || location.href, sdk: "joey" });
    frame.width = 200;
    frame.height = 28;
    frame.style.border = "0";
    place.appendChild(frame);
  });
})();
