window.rtFailed = function () {
  if (document.readyState === "loading") return addEventListener("DOMContentLoaded", rtFailed);
  document.getElementById("app").hidden = true;
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
})({ "/": "/api/citizens/me/home", "/medarbejder": "/api/caseload", "/medarbejder/": "/api/caseload" }[location.pathname]);
