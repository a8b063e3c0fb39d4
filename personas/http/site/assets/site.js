(function () {
  var form = document.querySelector('form[enctype]');
  if (!form) return;
  form.addEventListener('submit', function () {
    var button = form.querySelector('button');
    button.disabled = true;
    button.textContent = 'Sending...';
  });
})();
