/** Favourites and hidden topics. */
export const messages = {
  marks: {
    favourites: 'Favourites',
    count: '{n} topics | {n} topic | {n} topics',
    resize: 'Resize favourites',
    remove: 'Remove from favourites',
    noMessage: 'no message yet',
    emptyPayload: '(empty payload)',
    emptyLevel: '(empty)',
    binary: 'binary',
    menu: 'Favourite actions',
    show: 'Show in tree',
    copy: 'Copy topic',
    hidden: {
      label: 'Hidden topics',
      topics: '{n} topics hidden | {n} topic hidden | {n} topics hidden',
      text: 'Topics that match one of these filters do not show in the tree. Their messages are still received.',
      none: 'Nothing is hidden.',
      filter: 'Topic filter',
      placeholder: 'e.g. noise/# or +/debug',
      add: 'Hide',
      remove: 'Show again: {filter}',
      removeAll: 'Show all',
      twice: 'This filter is in the list already.',
      full: 'At most {limit} filters can hide topics.',
    },
  },
}
