/** The id of the demo reader, `reader@example.com`: whom the demo articles belong to. */
export const DEMO_READER_ID = 'usr_demo_reader';

/** The id of the demo admin, `admin@example.com`. */
export const DEMO_ADMIN_ID = 'usr_demo_admin';
