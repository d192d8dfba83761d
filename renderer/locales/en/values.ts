/** Values of an attribute to choose from. */
export const values = {
  values: {
    search: 'Search the values',
    more_one: '{{count, number}} more value is found by typing.',
    more_other: '{{count, number}} more values are found by typing.',
    done: 'Share that is done',
    none: 'No such value',
    filter: 'Filter by attribute',
    attribute: 'Attribute',
    values: 'With one of the values',
  },
}
