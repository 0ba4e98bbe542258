"""Write the names of exercises in other languages, for the page's search.

``make generate`` runs it: ``web_demo/public/names/LANGUAGE.json`` holds names by exercise id.
The page fetches the file of its own language, and only where that is not English.
"""

import json
from pathlib import Path

from voltlift_importers.language import LANGUAGES
from voltlift_importers.names import aliases

FOLDER = Path(__file__).parent / "public" / "names"

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        lines = [
            f"{json.dumps(id_)}:{json.dumps(names, ensure_ascii=False, separators=(',', ':'))}"
            for id_, names in sorted(aliases((language,)).items())
        ]
        text = "{\n" + ",\n".join(lines) + "\n}\n"
        (FOLDER / f"{language}.json").write_text(text, "utf-8")
