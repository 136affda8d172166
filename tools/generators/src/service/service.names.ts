import { names } from '@nx/devkit';
import pluralize from 'pluralize';

/** One service's name in every spelling its files need. `purchase-orders` keeps many of a `PurchaseOrder`. */
export interface ServiceNames {
  /** Of the service, its route, scopes, client and files: `purchase-orders`. */
  readonly plural: string;
  /** Of the files about one: `purchase-order`. */
  readonly singular: string;
  /** Of classes: `PurchaseOrders` and `PurchaseOrder`. */
  readonly Plural: string;
  readonly Singular: string;
  /** Of variables: `purchaseOrders` and `purchaseOrder`. */
  readonly pluralVariable: string;
  readonly singularVariable: string;
  /** In sentences: `purchase orders`, `purchase order` and `a purchase order`. */
  readonly many: string;
  readonly one: string;
  readonly aOne: string;
  /** Of the table: `purchase_orders`. */
  readonly table: string;
}

/** @param plural in lower case, its words joined by hyphens */
export function serviceNames(plural: string): ServiceNames {
  const singular = singularOf(plural);
  const one = singular.replaceAll('-', ' ');
  return {
    plural,
    singular,
    Plural: names(plural).className,
    Singular: names(singular).className,
    pluralVariable: names(plural).propertyName,
    singularVariable: names(singular).propertyName,
    many: plural.replaceAll('-', ' '),
    one,
    aOne: `${/^(?:[aeio]|u(?!ni|se|til))/.test(one) ? 'an' : 'a'} ${one}`,
    table: plural.replaceAll('-', '_'),
  };
}

/** `purchase-orders` of `purchase-order`: of several words the last is the noun. */
export function pluralOf(name: string): string {
  return onLastWord(name, (word) => pluralize.plural(word));
}

/** `purchase-order` of `purchase-orders`. */
export function singularOf(name: string): string {
  return onLastWord(name, (word) => pluralize.singular(word));
}

function onLastWord(name: string, change: (word: string) => string): string {
  const words = name.split('-');
  return [...words.slice(0, -1), change(words.at(-1)!)].join('-');
}
