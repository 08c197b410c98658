// Lets the editor put its styles in place under a policy without 'unsafe-inline': imported before it.
//
// It writes markup with style attributes, and style elements, both of which such a policy drops. What a script sets
// by itself is allowed, so attributes are put aside as they are written and set afterwards; elements carry the nonce.
const nonce = document.querySelector("script[data-nonce]").dataset.nonce;

const createElement = Document.prototype.createElement;
Document.prototype.createElement = function (name, ...rest) {
  const element = createElement.call(this, name, ...rest);
  if (String(name).toLowerCase() === "style") element.nonce = nonce;
  return element;
};

const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;
const ATTRIBUTE = /("[^"]*"|'[^']*')|(\s)style=/gi;
const aside = (html) =>
  String(html).replace(TAG, (tag) => tag.replace(ATTRIBUTE, (_, quoted, space) => quoted ?? `${space}data-style=`));

const set = (root) => {
  for (const element of root.querySelectorAll("[data-style]")) {
    element.style.cssText = element.dataset.style;
    element.removeAttribute("data-style");
  }
};

const inner = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
Object.defineProperty(Element.prototype, "innerHTML", {
  ...inner,
  set(html) {
    inner.set.call(this, aside(html));
    set(this.content ?? this);
  },
});

const insert = Element.prototype.insertAdjacentHTML;
Element.prototype.insertAdjacentHTML = function (where, html) {
  insert.call(this, where, aside(html));
  set(/^(before|after)(begin|end)$/i.test(where) && this.parentElement ? this.parentElement : this);
};

const setAttribute = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name, value) {
  if (name === "style") this.style.cssText = value;
  else setAttribute.call(this, name, value);
};
