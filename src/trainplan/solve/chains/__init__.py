"""Programmes in which every course is held once for whom it is for: projects, in short.

There counting likes gains nothing and propagation along the orders is worth all: sessions become intervals on
the axis of the programme's working slots, with one capacity a group, kind of venue and pool of instructors.
"""
