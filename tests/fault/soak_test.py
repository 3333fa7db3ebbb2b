"""A short soak; tools/soak MINUTES is the long one."""

import os
import unittest

from broken.soak import soak

SECONDS = int(os.environ.get("PAPERTRAY_SOAK_SECONDS", 12))


class Short(unittest.TestCase):
    def test_all_at_once(self):
        done, wrong = soak(SECONDS, seed=int(os.environ.get("PAPERTRAY_SOAK_SEED", 2017)))
        self.assertEqual(wrong[:3], [])
        self.assertGreater(done["mails"], 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
