export const privacy = {
  privacy: {
    pseudonyms: 'Pseudonyms',
    replace: { users: 'Replace user ids', items: 'Replace item ids' },
    replaceHelp:
      'By a keyed hash while the file is read; the database never holds the ids. An uploaded file stays in the inbox of the workspace until you delete it.',
    ids: {
      none: 'The ids of this dataset stand as in its file. To hide them, open the file again and let them be replaced.',
      users: 'The ids of users are pseudonyms; those of items stand as in the file.',
      items: 'The ids of items are pseudonyms; those of users stand as in the file.',
      both: 'The ids of users and items are pseudonyms.',
    },
    key: 'The key of this workspace was made on {{date}}. Only you can read it; the same id has the same pseudonym in every dataset.',
    noKey: 'This workspace has no key; one is made with the first dataset whose ids are replaced.',
    destroy: 'Destroy the key',
    destroyTitle: 'Destroy the key of the pseudonyms?',
    destroyText:
      'No one can then find out whose a pseudonym is, not even with the original file. Data that is opened later gets other pseudonyms and no longer matches what is here. This cannot be undone.',
    anonymity: 'Hiding among others',
    anonymityNote: 'k-anonymity: how many users share the same values.',
    noAttributes:
      'Nothing is known of the users but what they did. Open a file of users with the data to see how well they hide.',
    known: 'What others may know of a person',
    knownHelp: 'Attributes by which someone could be looked for, such as age, town and occupation.',
    smallest: 'Smallest group (k)',
    groups: 'Groups',
    unique: 'Users alone in their group',
    hidden_one: 'Every user shares these values with at least {{count, number}} other.',
    hidden_other: 'Every user shares these values with at least {{count, number}} others.',
    recognised_one: '{{count, number}} user is the only one with their values: whoever knows these can find them.',
    recognised_other: '{{count, number}} users are the only ones with their values: whoever knows these can find them.',
    sizes: 'Users by the size of their group',
    size: 'Users in the group',
    steps: 'Say less',
    stepsNote: 'Steps of the recipe; models and all numbers see only what they leave.',
  },
}
