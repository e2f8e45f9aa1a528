"""Files that are too large are refused while they arrive, and the page can say so instead of "no file"."""

from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.datastructures import MultiValueDict

# Key of `request.META` under which a view finds the name of the file that was refused.
REFUSED = "hatnhan.upload_refused"


class Limited(FileUploadHandler):
    """Stands before Django's handlers; the limit is `HATNHAN_UPLOAD_BYTES` for the files of one request together."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[Any, MultiValueDict[str, UploadedFile]] | None:
        """Nothing is read here; the counting begins."""
        self.left = settings.HATNHAN_UPLOAD_BYTES
        return None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > self.left:
            if self.request is not None:
                self.request.META[REFUSED] = self.file_name or "?"
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        self.left -= file_size
        return None
