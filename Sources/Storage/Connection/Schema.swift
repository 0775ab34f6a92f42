/// One step from a version of the library's tables to the next.
package struct Migration: Sendable {
  let sql: String
  /// The full-text index that it leaves empty, to be filled from the tables.
  let emptied: TextIndex?
  /// What takes long enough to tell of, done after the statements.
  let work: Work?

  typealias Work = @Sendable (Connection, Library.Progress) throws(StorageError) -> Void

  package init(_ sql: String) { self.init(sql, empties: nil) }

  init(_ sql: String, empties index: TextIndex? = nil, work: Work? = nil) {
    self.sql = sql
    emptied = index
    self.work = work
  }
}

/// The tables of the library.
///
/// What the page said (`stories`, `bodies`, `figures`, `comments`, `originals`, `identities`) and
/// what the reader did (`readings`, `tags`) are apart: importing a page again writes the first and
/// never the second. `stories` rows are narrow, for lists read many; text and pages are elsewhere.
package enum Schema {
  /// "CRNT", in the header of each library.
  static let applicationID: Int64 = 0x4352_4E54

  /// The version this program writes: how many migrations it knows.
  package static var version: Int { migrations.count }

  /// Migration n makes version n; those that were released are never changed, only added to.
  package static let migrations = [
    Migration(first), Migration(lists), Migration(beginnings, empties: .search),
    Migration(marks), Migration(runs), Migration(own), Migration(words, empties: .words),
    Migration(records), Migration(revisions), Migration(sources),
    Migration(discussions, work: moveComments), Migration(subscriptions),
  ]

  private static let first = """
    CREATE TABLE stories(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      title TEXT NOT NULL, source TEXT NOT NULL, authors TEXT NOT NULL,
      published INTEGER, published_form INTEGER, added INTEGER NOT NULL,
      sorted INTEGER NOT NULL,
      words INTEGER NOT NULL, figures INTEGER NOT NULL, comments INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE identities(
      story INTEGER PRIMARY KEY REFERENCES stories(id) ON DELETE CASCADE,
      address TEXT, content BLOB, page BLOB, form BLOB NOT NULL,
      parser INTEGER NOT NULL, is_cut INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX identities_address ON identities(address) WHERE address IS NOT NULL;
    CREATE INDEX identities_content ON identities(content) WHERE content IS NOT NULL;
    CREATE INDEX identities_page ON identities(page) WHERE page IS NOT NULL;
    CREATE INDEX identities_parser ON identities(parser);

    CREATE TABLE bodies(
      story INTEGER PRIMARY KEY REFERENCES stories(id) ON DELETE CASCADE,
      structure BLOB NOT NULL, text TEXT NOT NULL
    ) STRICT;

    CREATE TABLE figures(
      story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      number INTEGER NOT NULL, kind TEXT NOT NULL, structure BLOB NOT NULL, caption TEXT NOT NULL,
      credit TEXT, alt TEXT, image TEXT,
      PRIMARY KEY(story, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE comments(
      story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
      position INTEGER NOT NULL, parent INTEGER,
      name TEXT NOT NULL, author TEXT NOT NULL, time INTEGER, time_form INTEGER,
      marks INTEGER NOT NULL, structure BLOB NOT NULL, text TEXT NOT NULL,
      PRIMARY KEY(story, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE originals(
      story INTEGER PRIMARY KEY REFERENCES stories(id) ON DELETE CASCADE,
      address TEXT, name TEXT, charset TEXT, format TEXT,
      size INTEGER NOT NULL, packed BLOB NOT NULL
    ) STRICT;

    CREATE TABLE readings(
      story INTEGER PRIMARY KEY REFERENCES stories(id) ON DELETE CASCADE,
      sorted INTEGER NOT NULL,
      is_read INTEGER NOT NULL DEFAULT 0, is_starred INTEGER NOT NULL DEFAULT 0,
      progress REAL NOT NULL DEFAULT 0, opened INTEGER, opened_form INTEGER,
      part INTEGER, part_index INTEGER, part_name TEXT, offset INTEGER, words TEXT
    ) STRICT;
    CREATE INDEX readings_all ON readings(sorted, story, is_read, is_starred, progress);
    CREATE INDEX readings_unread ON readings(sorted, story, is_starred, progress)
      WHERE is_read = 0;
    CREATE INDEX readings_starred ON readings(sorted, story, is_read, progress)
      WHERE is_starred = 1;

    CREATE TABLE tags(
      story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
      position INTEGER NOT NULL, tag TEXT NOT NULL,
      PRIMARY KEY(story, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tags_tag ON tags(tag, story);

    -- Counting 100,000 rows for a status line would cost more than the rest of the frame.
    CREATE TABLE counts(
      id INTEGER PRIMARY KEY CHECK (id = 1),
      total INTEGER NOT NULL, unread INTEGER NOT NULL, starred INTEGER NOT NULL
    ) STRICT;
    INSERT INTO counts VALUES(1, 0, 0, 0);
    CREATE TRIGGER readings_added AFTER INSERT ON readings BEGIN
      UPDATE counts SET total = total + 1, unread = unread + (NEW.is_read = 0),
        starred = starred + (NEW.is_starred = 1);
    END;
    CREATE TRIGGER readings_deleted AFTER DELETE ON readings BEGIN
      UPDATE counts SET total = total - 1, unread = unread - (OLD.is_read = 0),
        starred = starred - (OLD.is_starred = 1);
    END;
    CREATE TRIGGER readings_changed AFTER UPDATE OF is_read, is_starred ON readings
      WHEN OLD.is_read <> NEW.is_read OR OLD.is_starred <> NEW.is_starred BEGIN
      UPDATE counts SET unread = unread + (NEW.is_read = 0) - (OLD.is_read = 0),
        starred = starred + (NEW.is_starred = 1) - (OLD.is_starred = 1);
    END;

    -- The index keeps no text of its own: it reads this view, whose rows must not change but
    -- together with the index.
    CREATE VIEW story_texts AS
      SELECT stories.id AS id, stories.title AS title, bodies.text AS body,
        (SELECT group_concat(line, char(10)) FROM (
          SELECT caption || ' ' || coalesce(credit, '') AS line FROM figures
          WHERE figures.story = stories.id ORDER BY position)) AS captions,
        (SELECT group_concat(line, char(10)) FROM (
          SELECT author || char(10) || text AS line FROM comments
          WHERE comments.story = stories.id ORDER BY position)) AS comments
      FROM stories JOIN bodies ON bodies.story = stories.id;
    CREATE VIRTUAL TABLE story_search USING fts5(
      title, body, captions, comments, content = 'story_texts', content_rowid = 'id',
      prefix = '2', tokenize = "unicode61 remove_diacritics 2");
    """

  /// Version 3: beginnings of three and four letters in the full-text index.
  ///
  /// A word that is typed is looked for from its second letter on. Where the index does not have
  /// the beginning itself, the lists of all words that it begins are merged: 40 ms where one of
  /// them stands in each of 100,000 stories, and 5 ms with them. They make the index 1.8 times as
  /// large. Five letters begin few words that stand in most stories.
  private static let beginnings = """
    DROP TABLE story_search;
    CREATE VIRTUAL TABLE story_search USING fts5(
      title, body, captions, comments, content = 'story_texts', content_rowid = 'id',
      prefix = '2 3 4', tokenize = "unicode61 remove_diacritics 2");
    """

  /// Version 4: places with letters.
  private static let marks = """
    CREATE TABLE place_marks(
      name TEXT PRIMARY KEY, story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
      part INTEGER, part_index INTEGER, part_name TEXT, offset INTEGER, words TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX place_marks_story ON place_marks(story);
    """

  /// Version 5: which run of a program made a change.
  private static let runs = "ALTER TABLE changes ADD COLUMN run TEXT;"

  /// Version 7: which stories have a word, without where it stands in them.
  ///
  /// A filter asks no more, and to read past places takes three times as long: 14 ms for a word that
  /// stands in each of 100,000 long stories, and 40 ms for a beginning of five letters or more, whose
  /// words' lists are merged; here 4 ms for either. Nine letters begin few words, so the rest is
  /// merged. It takes a quarter of what the other index does.
  private static let words = """
    CREATE VIRTUAL TABLE story_words USING fts5(
      title, body, captions, comments, content = 'story_texts', content_rowid = 'id',
      detail = none, columnsize = 0, prefix = '2 3 4 5 6 7 8',
      tokenize = "unicode61 remove_diacritics 2");
    """

  /// Version 9: what stories said before an import replaced them.
  ///
  /// `form` is the hash of what the revision says and `successor` of what the story said next: undo
  /// swaps both, and only where the story still is the successor.
  private static let revisions = """
    CREATE TABLE revisions(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
      replaced INTEGER NOT NULL, is_undone INTEGER NOT NULL DEFAULT 0,
      title TEXT NOT NULL, page BLOB, form BLOB NOT NULL, successor BLOB NOT NULL,
      size INTEGER NOT NULL, packed BLOB NOT NULL, original BLOB
    ) STRICT;
    CREATE INDEX revisions_story ON revisions(story, id);
    CREATE INDEX revisions_page ON revisions(page) WHERE page IS NOT NULL;

    -- The pages of revisions that are no longer kept: they are known for good, or importing an old
    -- folder again would bring the oldest version back.
    CREATE TABLE replaced_pages(
      page BLOB PRIMARY KEY, story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX replaced_pages_story ON replaced_pages(story);
    """

  /// Version 8: changes that are only recorded, such as a story marked read by opening it.
  private static let records = """
    ALTER TABLE changes ADD COLUMN is_undoable INTEGER NOT NULL DEFAULT 1;
    CREATE INDEX changes_undoable ON changes(is_undoable, id);
    """
}
