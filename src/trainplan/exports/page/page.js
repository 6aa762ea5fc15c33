"use strict";
(function () {
  var form = document.getElementById("filter"), rows = Array.from(document.querySelectorAll("#list tbody tr"));
  var said = document.getElementById("said");
  if (!form) return;
  form.hidden = false;
  var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
  function sift() {
    var words = form.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    var course = form.elements.course.value, status = form.elements.status.value, shown = 0;
    rows.forEach(function (row, at) {
      var fits = words.every(function (word) { return texts[at].includes(word); }) &&
        (!course || row.dataset.course === course) && (!status || row.dataset.status === status);
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    said.textContent = shown + " of " + rows.length + " sessions shown";
  }
  form.addEventListener("input", sift);
  form.addEventListener("reset", function () { setTimeout(sift, 0); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  sift();
})();
