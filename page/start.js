window.rtFailed = function () {
  if (document.readyState === "loading") return addEventListener("DOMContentLoaded", rtFailed);
  ["frame", "app"].forEach(function (id) {
    var part = document.getElementById(id);
    if (part) part.hidden = true;
  });
  document.getElementById("app-failed").hidden = false;
};
// A page that crashes must not look as if it were only slow: a trap in the program, or a program file that does not come.
addEventListener("error", function (event) {
  var file = event.target && event.target.tagName === "SCRIPT";
  if (file || (event.error && event.error.name === "RuntimeError")) rtFailed();
}, true);
addEventListener("unhandledrejection", function (event) {
  if (event.reason && event.reason.name === "RuntimeError") rtFailed();
});
if (typeof WebAssembly !== "object") rtFailed();
// The first screen's data travels while the program still loads.
window.rtEarly = {};
(function (first) {
  if (!window.fetch) return;
  (first ? ["/api/session", first] : ["/api/session"]).forEach(function (address) {
    var answer = fetch(address, { headers: { "rt-contract": "1" } });
    answer.catch(function () {});
    rtEarly[address] = answer;
  });
  // Nor does the next meeting wait for the program, but for a second the program for it: docs/decisions/0010-first-words.md.
  if (!first || first.slice(-5) !== "/home") return;
  var drawn = rtEarly[first].then(function (answer) {
    return answer.ok ? answer.clone().json() : {};
  }).then(function (home) {
    var meeting = home.next_meeting, place = document.getElementById("first");
    // What is moved or called off takes more words than these.
    if (!place || !meeting || meeting.is_cancelled || meeting.moved_from) return;
    var at = new Date(meeting.time.local_start + "Z");
    var form = { dateStyle: "full", timeStyle: "short", timeZone: "UTC" };
    var words = [home.name, meeting.purpose, at.toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "da-DK", form)];
    place.querySelectorAll("[data-word]").forEach(function (element, number) { element.textContent = words[number]; });
    place.previousElementSibling.hidden = true;
    place.hidden = false;
    // The program starts once the browser has drawn this.
    return new Promise(requestAnimationFrame);
  }).catch(function () {});
  window.rtFirst = Promise.race([drawn, new Promise(function (done) { setTimeout(done, 1000); })]);
})({ "/": "/api/citizens/me/home", "/medarbejder": "/api/caseload", "/medarbejder/": "/api/caseload" }[location.pathname]);
