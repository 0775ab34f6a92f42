extension Schema {
  /// Version 6: what the reader writes, apart from what pages say, and drafts of it.
  static let own = """
    -- A comment that is changed is another row of the same name: the log can go back to the first.
    CREATE TABLE own_comments(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
      name TEXT NOT NULL, parent TEXT, author TEXT NOT NULL, written INTEGER NOT NULL,
      text TEXT NOT NULL, is_shown INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX own_comments_story ON own_comments(story, is_shown);
    -- They count as comments of the story, but never as new ones.
    CREATE TRIGGER own_comment_shown AFTER UPDATE OF is_shown ON own_comments
      WHEN OLD.is_shown <> NEW.is_shown BEGIN
      UPDATE stories SET comments = comments + NEW.is_shown - OLD.is_shown WHERE id = NEW.story;
      UPDATE readings SET seen = max(0, seen + NEW.is_shown - OLD.is_shown)
        WHERE story = NEW.story;
    END;

    CREATE TABLE drafts(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      story INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
      parent TEXT, edits TEXT, text TEXT NOT NULL, changed INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX drafts_story ON drafts(story);

    -- For stories without own comments the same text as before, which the index was made of.
    DROP VIEW story_texts;
    CREATE VIEW story_texts AS
      SELECT stories.id AS id, stories.title AS title, bodies.text AS body,
        (SELECT group_concat(line, char(10)) FROM (
          SELECT caption || ' ' || coalesce(credit, '') AS line FROM figures
          WHERE figures.story = stories.id ORDER BY position)) AS captions,
        (SELECT group_concat(line, char(10)) FROM (
          SELECT line FROM (
            SELECT 0 AS own, position, author || char(10) || text AS line FROM comments
            WHERE comments.story = stories.id
            UNION ALL
            SELECT 1, id, author || char(10) || text FROM own_comments
            WHERE own_comments.story = stories.id AND is_shown = 1)
          ORDER BY own, position)) AS comments
      FROM stories JOIN bodies ON bodies.story = stories.id;
    """
}
