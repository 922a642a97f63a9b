/* Stand-in for X's widgets: turns share links into frames of its own host. */
(function () {
  document.querySelectorAll("a.twitter-share-button").forEach(function (link) {
    var frame = document.createElement("iframe");
    frame.src = "https://platform.twitter.com/widgets/tweet_button.html?url=" + encodeURIComponent(location.href);
    frame.width = 80;
    frame.height = 28;
    frame.style.border = "0";
    link.replaceWith(frame);
  });
})();
