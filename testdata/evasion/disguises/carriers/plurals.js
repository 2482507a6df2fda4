/*!
 * Theme Kit plurals: numbers, plural forms and dates for pages in several languages.
 * Released under the MIT license.
 */
'use strict';

var FORMS = {
  en: function (n) { return n === 1 ? 0 : 1; },
  fr: function (n) { return n > 1 ? 1 : 0; },
  ja: function () { return 0; },
  cs: function (n) { return n === 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2; },
  pl: function (n) {
    if (n === 1) return 0;
    return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 || n % 100 >= 20) ? 1 : 2;
  },
  ru: function (n) {
    if (n % 10 === 1 && n % 100 !== 11) return 0;
    return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 || n % 100 >= 20) ? 1 : 2;
  },
  ar: function (n) {
    if (n < 3) return n;
    if (n % 100 >= 3 && n % 100 <= 10) return 3;
    return n % 100 >= 11 ? 4 : 5;
  }
};

var SEPARATORS = {
  en: { group: ',', decimal: '.' },
  de: { group: '.', decimal: ',' },
  fr: { group: '\u202f', decimal: ',' },
  pl: { group: '\u00a0', decimal: ',' }
};

var MONTHS = 'January February March April May June July August September October November December'.split(' ');
var DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

function own(object, key) {
  return Object.prototype.hasOwnProperty.call(object, key);
}

function extend(target) {
  for (var i = 1; i < arguments.length; i++) {
    for (var key in arguments[i]) {
      if (own(arguments[i], key)) target[key] = arguments[i][key];
    }
  }
  return target;
}

function pad(n, width) {
  var s = String(n);
  while (s.length < width) s = '0' + s;
  return s;
}

function Locale(tag, texts) {
  if (!(this instanceof Locale)) return new Locale(tag, texts);
  this.tag = tag;
  this.language = tag.split('-')[0].toLowerCase();
  this.texts = extend({}, texts);
  this.missing = [];
}

Locale.prototype.form = function (n) {
  return (FORMS[this.language] || FORMS.en)(Math.abs(Math.floor(n)));
};

Locale.prototype.text = function (key, values) {
  var found = own(this.texts, key) ? this.texts[key] : null;
  if (found === null) {
    if (this.missing.indexOf(key) < 0) this.missing.push(key);
    found = key;
  }
  if (Array.isArray(found)) found = found[Math.min(this.form(values.count), found.length - 1)];
  return found.replace(/\{(\w+)(?::(\w+))?\}/g, function (all, name, how) {
    if (!values || !own(values, name)) return all;
    return how === 'upper' ? String(values[name]).toUpperCase() : String(values[name]);
  });
};

Locale.prototype.number = function (value, digits) {
  var signs = SEPARATORS[this.language] || SEPARATORS.en;
  var parts = Math.abs(value).toFixed(digits === undefined ? 0 : digits).split('.');
  var whole = parts[0].replace(/\B(?=(\d{3})+$)/g, signs.group);
  return (value < 0 ? '\u2212' : '') + whole + (parts[1] ? signs.decimal + parts[1] : '');
};

/*HERE*/

Locale.prototype.date = function (date, pattern) {
  var parts = {
    YYYY: date.getUTCFullYear(), MM: pad(date.getUTCMonth() + 1, 2), DD: pad(date.getUTCDate(), 2),
    MMMM: MONTHS[date.getUTCMonth()], dddd: DAYS[date.getUTCDay()], D: date.getUTCDate(),
    HH: pad(date.getUTCHours(), 2), mm: pad(date.getUTCMinutes(), 2)
  };
  return pattern.replace(/YYYY|MMMM|MM|DD|D|dddd|HH|mm/g, function (part) { return parts[part]; });
};

Locale.prototype.ago = function (then, now) {
  var seconds = Math.round(((now || new Date()) - then) / 1000);
  var units = [['year', 31536000], ['month', 2592000], ['day', 86400], ['hour', 3600], ['minute', 60]];
  for (var i = 0; i < units.length; i++) {
    var n = Math.floor(seconds / units[i][1]);
    if (n >= 1) return this.text(units[i][0] + '.ago', { count: n, n: this.number(n) });
  }
  return this.text('now', {});
};

Locale.prototype.list = function (items, last) {
  if (items.length < 2) return items.join('');
  return items.slice(0, -1).join(', ') + ' ' + (last || 'and') + ' ' + items[items.length - 1];
};

function negotiate(header, offered) {
  var wanted = String(header || '').split(',').map(function (part) {
    var m = /^\s*([\w-]+|\*)(?:\s*;\s*q=([\d.]+))?\s*$/.exec(part);
    return m ? { tag: m[1].toLowerCase(), q: m[2] === undefined ? 1 : parseFloat(m[2]) } : null;
  }).filter(Boolean).sort(function (a, b) { return b.q - a.q; });
  for (var i = 0; i < wanted.length; i++) {
    for (var j = 0; j < offered.length; j++) {
      var offer = offered[j].toLowerCase();
      if (wanted[i].tag === '*' || offer === wanted[i].tag || offer.split('-')[0] === wanted[i].tag.split('-')[0]) return offered[j];
    }
  }
  return offered[0];
}

module.exports = { Locale: Locale, negotiate: negotiate, pad: pad };
