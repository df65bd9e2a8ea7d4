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
// A page that the browser kept for its back button may be from before somebody signed out.
addEventListener("pageshow", function (event) {
  if (event.persisted) location.reload();
});
if (typeof WebAssembly !== "object") rtFailed();
// The first screen's data travels while the program still loads.
window.rtEarly = {};
(function (first) {
  if (!window.fetch) return;
  (first ? [first, "/api/session"] : ["/api/session"]).forEach(function (address) {
    var answer = fetch(address, { headers: { "rt-contract": "1" } });
    answer.catch(function () {});
    rtEarly[address] = answer;
  });
  // Nor does the next meeting wait for the program, but for a second the program for it: docs/decisions/0010-first-words.md.
  if (!first || first.slice(-5) !== "/home") return;
  var told = rtEarly[first].then(function (answer) {
    return answer.text().then(function (text) {
      return { text: text, answer: new Response(text, answer) };
    });
  });
  // The program reads it too.
  rtEarly[first] = told.then(function (told) { return told.answer; });
  rtEarly[first].catch(function () {});
  var drawn = told.then(function (told) {
    var home = told.answer.ok ? JSON.parse(told.text) : {}, meeting = home.next_meeting, place = document.getElementById("first");
    // What is moved or called off takes more words than these.
    if (!place || !meeting || meeting.is_cancelled || meeting.moved_from) return;
    var word = place.querySelectorAll("[data-word]");
    word[0].textContent = home.name;
    word[1].textContent = meeting.purpose;
    place.previousElementSibling.hidden = true;
    place.hidden = false;
    return new Promise(requestAnimationFrame).then(function () {
      return new Promise(setTimeout);
    }).then(function () {
      // Words for a time take a cheap phone as long as all the rest, so they come once the purpose is drawn.
      var language = document.documentElement.lang === "en" ? "en-GB" : "da-DK";
      var form = { dateStyle: "full", timeStyle: "short", timeZone: "UTC" };
      word[2].textContent = new Date(meeting.time.local_start + "Z").toLocaleString(language, form);
      // The program starts once the browser has drawn this.
      return new Promise(requestAnimationFrame);
    });
  }).catch(function () {});
  window.rtFirst = Promise.race([drawn, new Promise(function (done) { setTimeout(done, 1000); })]);
})({ "/": "/api/citizens/me/home", "/medarbejder": "/api/caseload", "/medarbejder/": "/api/caseload" }[location.pathname]);
